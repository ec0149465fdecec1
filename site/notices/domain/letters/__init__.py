"""Letters: at most one a day for a person, with everything there is to tell. `sending.send_due` is the door.

The life of a letter, each arrow one short transaction:

    (matters waiting) → claimed → handing over → sent | refused | failed, its matters wait again
                                → on site (no address, or only what is not wanted by e-mail)
                                → empty (nothing is true any more)

A worker killed while a letter is *claimed* leaves it to the next pass, which writes it anew. A worker killed while
it is *handing over* may have been killed before or after the mail server took the letter; nobody can tell. Such a
letter becomes *uncertain* and is not handed over again: nobody gets it twice, and what it says stands among the
notices on the site, where it was put before the hand-over began. Its Message-ID is made from its number.
"""
