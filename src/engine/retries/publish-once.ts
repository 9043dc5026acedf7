import { refuse } from '../../base/errors.js';
import type { Publish, Publishing } from '../publish.js';
import type { Claim, KeyedRequest } from './claim.js';
import { decideOnce } from './once.js';
import type { RetryPorts } from './ports.js';

/** Publishing, with a key or without. */
export type PublishOnce = (submission: Parameters<Publish>[0], keyed?: KeyedRequest) => Promise<Publishing>;

/**
 * The story of a document that may be sent again. The version is made and recorded first, because that is safe to
 * repeat: the same document as the newest version is that version again.
 */
export function publishOnceWith(ports: RetryPorts, publish: Publish): PublishOnce {
  return (submission, keyed) => {
    if (keyed === undefined) return publish(submission);
    const decide = async (claim: Claim): Promise<Publishing> => {
      const publishing = await publish(submission);
      if ('refusal' in publishing) return publishing;
      const bytes = Buffer.from(JSON.stringify(publishing));
      const keeping = await ports.holder.keep(claim, bytes);
      return keeping === 'kept' ? publishing : { refusal: refuse('OUTCOME_UNKNOWN', UNKEPT) };
    };
    return decideOnce(ports, keyed, { decide, read });
  };
}

const UNKEPT =
  'The version is published, and the answer is not known to be kept; send the same document again.';

function read(bytes: Buffer): Publishing {
  const publishing = JSON.parse(bytes.toString()) as Exclude<Publishing, { refusal: unknown }>;
  return { ...publishing, isReplayed: true };
}
