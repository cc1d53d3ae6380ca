import { z } from 'zod';
import { type ParameterSchema, parameterProperty } from './schema';

/** How people are shown each parameter, by its name: what a property has as `x-ui`. */
const controlsSchema = z.record(z.string(), parameterProperty.shape['x-ui'].unwrap());
export type Controls = z.infer<typeof controlsSchema>;

type Shown = { properties: Readonly<Record<string, { 'x-ui'?: unknown }>> };

/**
 * A parameter schema taken apart: what defines the model goes into its manifest, for good, and how it is shown stands beside the version. The
 * manifest is in the file of every work, and the colours of swatches would be half of it.
 */
export function splitControls<S extends Shown>({ properties, ...schema }: S): { parameters: Omit<S, 'properties'> & Shown; controls: Controls } {
  const apart = Object.entries(properties).map(([name, { 'x-ui': shown, ...property }]) => ({ name, property, shown }));
  return {
    parameters: { ...schema, properties: Object.fromEntries(apart.map(({ name, property }) => [name, property])) },
    controls: controlsSchema.parse(Object.fromEntries(apart.flatMap(({ name, shown }) => (shown ? [[name, shown]] : [])))),
  };
}

/** Put together again, from a row's JSON. */
export function withControls({ properties, ...schema }: ParameterSchema, stored: unknown): ParameterSchema {
  const controls = controlsSchema.parse(stored);
  // A parameter may be called as something that every object has.
  const together = Object.entries(properties).map(([name, property]) => [
    name,
    Object.hasOwn(controls, name) ? { ...property, 'x-ui': controls[name] } : property,
  ]);
  return { ...schema, properties: Object.fromEntries(together) };
}
