import { domainIndex } from '../names/cover-index.js';
import { judgesBids } from './declare-kind.js';
import { allowsNames } from '../names/name-lists.js';

export const allowedDomains = judgesBids('allowed-domains', ({ domains, missing = 'deny' }, speak) => {
  const findOutsider = allowsNames(domains, domainIndex(domains).widest, {
    missing,
    field: 'domains',
    speak,
  });
  return (subject) => findOutsider(subject.domains);
});
