import { judgesAwards } from './declare-kind.js';
import { advertisersOf } from '../names/advertisers.js';

/** A bid with several domains counts for each of them. */
export const awardsPerAdvertiser = judgesAwards(
  'awards-per-advertiser',
  ({ max, missing = 'allow' }, speak) =>
    () => {
      const counts = new Map<string, number>();
      const awardsWith = (domain: string) => (counts.get(domain) ?? 0) + 1;
      return {
        judge: (subject) => {
          const domains = advertisersOf(subject);
          if (domains.length === 0)
            return missing === 'allow' ? undefined : speak('advertiserAwards', max, null);
          const awards = domains.reduce((most, domain) => Math.max(most, awardsWith(domain)), 0);
          return awards <= max ? undefined : speak('advertiserAwards', max, awards);
        },
        take: (subject) => {
          for (const domain of advertisersOf(subject)) counts.set(domain, awardsWith(domain));
        },
      };
    },
);
