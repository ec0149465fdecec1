"""Reports by the month: `keeping` sets and stops them, `running` has them made when their day has come, `telling`
writes to whoever wanted them, asking once more what is in their scope."""
