/** What the server and its files process agree on: HTTP/2 over a socket pair. */

/** The descriptor of the socket in the files process. */
export const socketFd = 3;

/** How much of a body may be on its way unread, in bytes. */
export const windowSize = 1024 * 1024;
export const settings = { initialWindowSize: windowSize };

/**
 * What all bodies have on their way together, in bytes. No setting says it, and unless it is told it is 64 KiB (RFC 9113,
 * section 6.9.2); Node gives it back as bytes arrive, so that no body that nobody reads takes it from the others.
 */
export const connectionWindowSize = 4 * windowSize;

/** Ends an upload that has arrived as a whole: a stream that is reset may look to its reader as if it had ended. */
export const wholeTrailer = 'sandgate-whole';
