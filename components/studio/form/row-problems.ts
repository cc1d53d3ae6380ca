import { choicesOf, type ParameterRow, WHOLE } from './parameter-rows';

const NAME = /^[a-z][a-zA-Z0-9]{0,30}$/;

/** What is wrong with a row, by its field; empty where nothing is. */
export function rowProblems(row: ParameterRow, others: ParameterRow[]): Partial<Record<keyof ParameterRow, string>> {
  const problems: Partial<Record<keyof ParameterRow, string>> = {};
  if (!NAME.test(row.name)) problems.name = 'begins with a small letter and has letters and digits only';
  else if (others.some(({ id, name }) => id !== row.id && name === row.name)) problems.name = 'is taken by another parameter';
  if (!row.title.trim()) problems.title = 'is needed';
  if (row.kind === 'integer') Object.assign(problems, rangeProblems(row));
  if (row.kind === 'choice') {
    if (choicesOf(row).length < 1) problems.choices = 'has at least one choice';
    else if (!choicesOf(row).includes(row.default)) problems.default = 'is one of the choices';
  }
  if (row.kind === 'picture' && others.some(({ id, kind }) => id !== row.id && kind === 'picture'))
    problems.kind = 'is taken: a run starts from one picture';
  if (row.kind === 'text' && row.default.length > 200) problems.default = 'has at most 200 characters';
  return problems;
}

function rangeProblems({ min, max, step, default: start }: ParameterRow): Partial<Record<keyof ParameterRow, string>> {
  if (!WHOLE.test(min)) return { min: 'is a whole number' };
  if (!WHOLE.test(max)) return { max: 'is a whole number' };
  if (Number(max) <= Number(min)) return { max: 'is above the least' };
  if (step && !(WHOLE.test(step) && Number(step) > 0)) return { step: 'is a whole number above 0' };
  if (!WHOLE.test(start) || Number(start) < Number(min) || Number(start) > Number(max)) return { default: `is between ${min} and ${max}` };
  return step && Number(start) % Number(step) !== 0 ? { default: `is a multiple of ${step}` } : {};
}
