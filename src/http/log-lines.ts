import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';

/** The line of an answered request says who called; the line of an incoming one is written before that is known. */
export class LogLines extends LogController {
  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    if (this.isLogDisabled(request)) return;
    const line = { res: reply, caller: request.caller.name, responseTime: reply.elapsedTime };
    if (error) reply.log.error({ ...line, err: error }, 'request errored');
    else reply.log.info(line, 'request completed');
  }
}
