import { judgesBids } from './declare-kind.js';
import { allowsNames, categoryFinder } from '../names/name-lists.js';

export const allowedCategories = judgesBids('allowed-categories', (rule, speak) => {
  const { categories, taxonomy = 'other', missing = 'deny' } = rule;
  const find = categoryFinder(categories, taxonomy);
  const findOutsider = allowsNames(categories, find, { missing, field: 'categories', speak });
  return (subject) => findOutsider(subject.categories);
});
