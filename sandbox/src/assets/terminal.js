// Follows what happens at a terminal: asks the server which screen it should show, and goes on when it is another one.
const device = document.querySelector("[data-screen]");
const look = async () => {
  try {
    const answer = await fetch(device.dataset.look, { cache: "no-store" });
    if (answer.ok && (await answer.json()).screen !== device.dataset.screen) {
      location.replace(device.dataset.next);
      return;
    }
  } catch {
    // The sandbox does not answer; it may be starting again.
  }
  setTimeout(look, 1000);
};
if (device) setTimeout(look, 1000);
