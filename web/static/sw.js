// Shows what the desk pushes, and opens its page. It keeps nothing and answers no request.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("push", (event) => {
  let told = {};
  try { told = event.data?.json() ?? {}; } catch { /* an empty one still shows, as browsers want it */ }
  const { title = "Spoc", body = "", url = "/inbox", tag = "desk", lang = "" } = told;
  event.waitUntil(registration.showNotification(String(title), { body: String(body), tag: String(tag), renotify: true, lang: String(lang), data: { url: String(url) } }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  // Only a page of ours is opened.
  const place = new URL(event.notification.data?.url ?? "/inbox", location.origin);
  const url = place.origin === location.origin ? place.href : location.origin;
  event.waitUntil((async () => {
    const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = open.find((page) => page.url === url);
    return there ? there.focus() : clients.openWindow(url);
  })());
});
