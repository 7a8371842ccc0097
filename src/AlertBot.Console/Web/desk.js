"use strict";
// Pages change by themselves: the server says that something changed, and the parts marked as live are fetched anew. Without this script a page
// shows what was true when it was opened, and every form still works. A page with nothing live on it goes, too, when its session ends.
(() => {
  if (!window.EventSource) return;
  const shown = new Map();
  let busy = false;
  let again = false;

  // The token of a form differs at every fetch and changes nothing that people see.
  const plain = (part) => part.innerHTML.replace(/<input[^>]*__RequestVerificationToken[^>]*>/g, "");
  const isInUse = (part) => {
    const focus = document.activeElement;
    return part.contains(focus) && /^(INPUT|TEXTAREA|SELECT)$/.test(focus.tagName);
  };

  for (const part of document.querySelectorAll("[data-live]")) shown.set(part.id, plain(part));

  // Not reload(): a page that answers a form would send that form again.
  const open = () => location.replace(location.pathname + location.search);

  async function renew() {
    if (shown.size === 0) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok || answer.redirected) {
        open();
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const fresh of page.querySelectorAll("[data-live]")) {
        const old = document.getElementById(fresh.id);
        const text = plain(fresh);
        if (!old || shown.get(fresh.id) === text || isInUse(old)) continue;
        const unfolded = [...old.querySelectorAll("details[open]")].map((one) => one.id);
        const focus = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
        old.replaceChildren(...fresh.childNodes);
        for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
        if (focus) old.querySelector(`[href="${CSS.escape(focus)}"]`)?.focus();
        shown.set(fresh.id, text);
      }
    } catch {
      // The server is away; the stream connects again by itself, and its first word brings us here again.
    } finally {
      busy = false;
      if (again) {
        again = false;
        renew();
      }
    }
  }

  const changes = new EventSource("/console/live");
  changes.addEventListener("changed", renew);
  changes.addEventListener("over", () => location.replace("/console"));
})();
