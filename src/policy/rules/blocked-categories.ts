import { judgesBids } from './declare-kind.js';
import { blocksNames, categoryFinder } from '../names/name-lists.js';

export const blockedCategories = judgesBids('blocked-categories', (rule, speak) => {
  const { categories, taxonomy = 'other', missing = 'allow' } = rule;
  const find = categoryFinder(categories, taxonomy);
  const findBlocked = blocksNames(categories, find, { missing, field: 'categories', speak });
  return (subject) => findBlocked(subject.categories);
});
