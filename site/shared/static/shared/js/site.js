// Every page works without this file; it only adds comfort.
const all = (selector) => [...document.querySelectorAll(selector)];

// Contents and filters stand open where there is room for them.
const wide = matchMedia("(min-width: 1000px)");
for (const details of all("[data-open-wide]")) {
  const follow = () => { details.open = wide.matches; };
  follow();
  wide.addEventListener("change", follow);
}

// “Copy link” buttons; without a script the link beside them can be copied by hand.
for (const button of all("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy || location.href);
    const label = button.querySelector("span") || button;
    label.textContent = button.dataset.copied || label.textContent;
  });
}
// Zalo has no address that takes a link: phones offer their own list of programs, elsewhere the link is copied and Zalo
// opened to paste it in.
for (const link of all("[data-send]")) {
  link.addEventListener("click", async (event) => {
    const { send: url, title, copied } = link.dataset;
    if (navigator.share && matchMedia("(pointer: coarse)").matches) {
      event.preventDefault();
      await navigator.share({ title, url }).catch(() => {}); // closing the list is no fault
    } else if (navigator.clipboard) {
      await navigator.clipboard.writeText(url);
      link.querySelector("span").textContent = copied;
    }
  });
}
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A row of entries that scrolls sideways begins where the open one is seen.
for (const open of all(".desk-tabs [aria-current], .desk-sections [aria-current]")) {
  const row = open.closest("ul");
  row.scrollLeft += open.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - open.offsetWidth) / 2;
}

// The summary of a form's errors is read first.
document.querySelector(".error-summary")?.focus();
