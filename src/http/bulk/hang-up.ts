import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a caller that goes on sending may take to read the last answers. */
const LINGER_MS = 2000;

/**
 * Ends an answer whose request is still arriving, and its connection with it. What still comes is read and thrown away
 * for a moment: a connection that is closed with unread bytes in it is reset, and the caller would lose the last answers.
 */
export function hangUp(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  response.end(() => {
    socket.end();
    request.removeAllListeners('readable');
    request.resume();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    request.once('end', () => {
      socket.destroySoon();
    });
    socket.once('close', () => {
      clearTimeout(timer);
    });
  });
}
