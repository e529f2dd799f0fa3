// Going to the checkout and coming back: from a page, from a frame, and from a frame that may not leave its page.

/** How long a page may take to be left before another way is offered. */
const LEAVING_MS = 8000;
/** Browsers that keep a frame from leaving its page may do so silently. */
const LEAVING_FRAME_MS = 4000;

const isHttp = (address) => /^https?:/.test(address);
const isInFrame = () => window.top !== window;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Goes to the checkout, from a frame with the page around it. Resolves if the page is still here: at once if that is known, otherwise after
 * some time.
 */
export async function openCheckout(address) {
  if (!isHttp(address)) return;
  if (!isInFrame()) {
    location.assign(address);
    return wait(LEAVING_MS);
  }
  if (leaveFrame(address)) await wait(LEAVING_FRAME_MS);
}

/** Sends the page around a frame to an address. Returns false if the frame may not: it is sandboxed, or nobody has pressed anything in it. */
function leaveFrame(address) {
  try {
    window.top.location.href = address;
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens the checkout when a link is pressed: from a frame in another tab, or else in the page around the frame, or else in the frame. Returns
 * whether it opened in another tab.
 */
export function followCheckoutLink(address) {
  const tab = isInFrame() ? open(address, '_blank') : null;
  if (tab) tab.opener = null;
  else if (!isInFrame() || !leaveFrame(address)) location.assign(address);
  return Boolean(tab);
}

/** Returns the address of this page; a frame with `srcdoc` has that of the page around it. */
export const ownAddress = () => (isHttp(location.href) ? location.href : document.baseURI);

/** The longest address that is sent with its query, and the longest that the Worker takes, which adds the order to it. */
const LONGEST_WITH_QUERY = 1000;
const LONGEST = 1900;

/** What the Worker refuses in a path, since some servers decode before they split it. */
const DOT_SEGMENT = /(\/|%2f|%5c)(\.|%2e){1,2}(\/|%2f|%5c|$)/i;

/**
 * Returns the page to which the payer comes back: the one that `given` names, relative to this page, otherwise this page. Undefined on a page
 * of the Worker, which has a page for this, and on a page whose address the Worker would refuse.
 */
export function returnUrlOf(given, worker) {
  const own = ownAddress();
  const page = absolute(given || '', own);
  // The Worker says what is wrong with it.
  if (!page || !isHttp(page.href)) return given || undefined;
  if (given) return encoded(page);
  if (page.origin === absolute(worker, own)?.origin) return undefined;
  for (const name of ['order', 'reference']) page.searchParams.delete(name);
  if (encoded(page).length > LONGEST_WITH_QUERY) page.search = '';
  const address = encoded(page);
  return address.length > LONGEST || DOT_SEGMENT.test(page.pathname) ? undefined : address;
}

/**
 * Returns the address without user and fragment, and with all encoded that RFC 3986 has encoded: browsers let a `%` alone, `|`, `^` and
 * brackets be.
 */
const encoded = ({ origin, pathname, search }) =>
  origin + (pathname + search).replace(/%(?![\da-f]{2})|[^\w!$&'()*+,;=:@/?.~%-]/gi, encodeURIComponent);

function absolute(address, base) {
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
}
