/* Goes on with an import while its page is open. Without it a button does, and the timer. */
const form = document.querySelector("form[data-goes-on]");
if (form) setTimeout(() => form.requestSubmit(), 400);
