// Counts the time left of a payment down and shows the server's page for it when it is over. The server says how
// many seconds are left, so the reader's own clock may be wrong. A terminal's page names the address to go on to.
const timer = document.querySelector("[data-seconds-left]");
if (timer) {
  const end = performance.now() + Number(timer.dataset.secondsLeft) * 1000;
  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left <= 0) {
      if (timer.dataset.next) location.replace(timer.dataset.next);
      else location.reload();
      return;
    }
    const hours = Math.floor(left / 3600);
    const minutes = Math.floor(left / 60) % 60;
    const two = (number) => String(number).padStart(2, "0");
    timer.textContent = hours > 0 ? `${hours} h ${two(minutes)} min` : `${minutes}:${two(left % 60)}`;
    timer.classList.toggle("soon", left <= 120);
    // A little after the next full second, so that no second is shown twice.
    setTimeout(tick, ((end - performance.now()) % 1000) + 5);
  };
  tick();
}
