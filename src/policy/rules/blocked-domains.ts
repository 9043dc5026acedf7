import { domainIndex } from '../names/cover-index.js';
import { judgesBids } from './declare-kind.js';
import { blocksNames } from '../names/name-lists.js';

export const blockedDomains = judgesBids('blocked-domains', ({ domains, missing = 'allow' }, speak) => {
  const findBlocked = blocksNames(domains, domainIndex(domains).widest, { missing, field: 'domains', speak });
  return (subject) => findBlocked(subject.domains);
});
