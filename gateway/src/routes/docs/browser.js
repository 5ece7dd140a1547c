// Runs in the browser, in the place of Scalar's own script.
import './scalar.js';

const place = 'sandgate-key';

/**
 * The key, where the page was opened by the link that `npm start` prints. The code in the link is good once, and leaves
 * the address at once; the key stays in this tab until it is closed, so that the page may be loaded again.
 */
async function keyOfLink() {
  const code = /^#code=(\w+)$/.exec(location.hash)?.[1];
  if (code) {
    history.replaceState(null, '', location.pathname);
    const answer = await fetch('/docs/key', { method: 'POST', headers: { authorization: `Bearer ${code}` } });
    if (answer.ok) sessionStorage.setItem(place, (await answer.json()).key);
  }
  return sessionStorage.getItem(place);
}

/** Begins the page as Scalar's own function of this name does. */
export async function createApiReference(element, configuration) {
  document.documentElement.lang = 'en';
  const key = await keyOfLink();
  if (key) configuration.authentication.securitySchemes = { bearerKey: { token: key } };
  window.Scalar.createApiReference(element, configuration);
}
