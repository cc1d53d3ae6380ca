import { type HouseModelId, type Parameter, parameterSchema } from './parameter-schema';

export type { HouseModelId };

export type ParameterValue = string | number;
/** Every parameter of a model with a value, defaults filled. */
export type HouseParams = Readonly<Record<string, ParameterValue>>;

/** A parameter that is not in the schema, or a value outside it. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';
  readonly parameter: string;

  constructor(parameter: string, message: string) {
    super(`${parameter}: ${message}`);
    this.parameter = parameter;
  }
}

function checked(name: string, rule: Parameter, value: unknown): ParameterValue {
  if (rule.type === 'string') {
    if (typeof value !== 'string' || !rule.enum.includes(value)) throw new ParameterError(name, 'is not one of its choices');
    return value;
  }
  const number = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) throw new ParameterError(name, 'must be an integer');
  if (rule.enum && !rule.enum.includes(number)) throw new ParameterError(name, 'is not one of its choices');
  if (number < (rule.minimum ?? number) || number > (rule.maximum ?? number)) {
    throw new ParameterError(name, `must be from ${rule.minimum} to ${rule.maximum}`);
  }
  return number;
}

/** Fills defaults and checks bounds; integers may come as decimal strings. Throws ParameterError. */
export function parseParams(model: HouseModelId, given: Readonly<Record<string, unknown>>): HouseParams {
  const { properties } = parameterSchema(model);
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(properties, name)) throw new ParameterError(name, 'is not a parameter of this model');
  }
  return Object.fromEntries(Object.entries(properties).map(([name, rule]) => [name, checked(name, rule, given[name] ?? rule.default)]));
}
