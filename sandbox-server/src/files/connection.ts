/** What the server and its files process agree on: HTTP/2 over a socket pair. */

/** The descriptor of the socket in the files process. */
export const socketFd = 3;

/** How much of a body may be on its way unread. */
export const settings = { initialWindowSize: 1024 * 1024 };

/** Ends an upload that has arrived as a whole: a stream that is reset may look to its reader as if it had ended. */
export const wholeTrailer = 'sandgate-whole';
