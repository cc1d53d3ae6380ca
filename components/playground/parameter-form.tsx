import type { ParameterProperty, ParameterSchema, ParameterValue, ParameterValues } from '@/lib/models/schema';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { Switch } from '../ui/switch';
import { shapesOf } from './shapes';
import { SizeField } from './size-field';
import { SliderField } from './slider-field';
import { SwatchField } from './swatch-field';

type ParameterFormProps = { schema: ParameterSchema; values: ParameterValues; onChange(values: ParameterValues): void };

const GROUP_ORDER = ['frame', 'colour', 'form', 'surface'];

/** Parameters by group, in the order the version gives. */
function groupsOf({ properties }: ParameterSchema, leftOut: Set<string>) {
  const groups = new Map<string, [string, ParameterProperty][]>();
  for (const [name, property] of Object.entries(properties)) {
    // The picture to start from is chosen by where one comes from.
    if (leftOut.has(name) || property.contentMediaType) continue;
    const group = property['x-ui']?.group ?? 'settings';
    groups.set(group, [...(groups.get(group) ?? []), [name, property]]);
  }
  const place = (group: string) => (GROUP_ORDER.indexOf(group) + 1 || GROUP_ORDER.length + 1) as number;
  const order = (property: ParameterProperty) => property['x-ui']?.order ?? 0;
  return [...groups]
    .sort(([a], [b]) => place(a) - place(b))
    .map(([group, members]) => ({ group, members: members.sort(([, a], [, b]) => order(a) - order(b)) }));
}

/** The form of a version, made from its parameter schema alone: a new model needs no code here. */
export function ParameterForm({ schema, values, onChange }: ParameterFormProps) {
  const shapes = shapesOf(schema);
  const { width, height } = values;
  const hasSize = shapes.length > 0 && typeof width === 'number' && typeof height === 'number';
  const groups = groupsOf(schema, new Set(hasSize ? ['width', 'height'] : []));
  const set = (name: string, value: ParameterValue) => onChange({ ...values, [name]: value });
  return (
    <div className="grid gap-6">
      {hasSize && <SizeField id="p-size" shapes={shapes} value={{ width, height }} onChange={(size) => onChange({ ...values, ...size })} />}
      {groups.map(({ group, members }) => (
        <fieldset key={group} className="grid gap-3">
          <legend className="sr-only">{group}</legend>
          {members.map(([name, property]) => (
            <Parameter
              key={name}
              id={`p-${name}`}
              property={property}
              value={values[name] ?? property.default}
              onChange={(value) => set(name, value)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}

type ParameterProps = { id: string; property: ParameterProperty; value: ParameterValue; onChange(value: ParameterValue): void };

function Parameter({ id, property, value, onChange }: ParameterProps) {
  const control = property['x-ui']?.control;
  if (typeof value === 'boolean') {
    return (
      <div className="flex min-h-8 items-center justify-between gap-4" title={property.description}>
        <label htmlFor={id} className="text-sm">
          {property.title}
        </label>
        <Switch id={id} checked={value} onCheckedChange={onChange} />
      </div>
    );
  }
  if (property.enum && control === 'swatches') return <SwatchField id={id} property={property} value={String(value)} onChange={onChange} />;
  if (property.enum) return <SelectField id={id} property={property} value={value} onChange={onChange} />;
  if (typeof value === 'number') return <SliderField id={id} property={property} value={value} onChange={onChange} />;
  return (
    <Field id={id} label={property.title} hint={property.description}>
      <Input id={id} value={value} maxLength={200} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

function SelectField({ id, property, value, onChange }: ParameterProps) {
  const { labels = {}, unit = '' } = property['x-ui'] ?? {};
  return (
    <div className="grid grid-cols-[6.5rem_1fr] items-center gap-3" title={property.description}>
      <label htmlFor={id} className="text-sm">
        {property.title}
      </label>
      <Select
        id={id}
        value={String(value)}
        aria-description={property.description}
        onChange={(event) => onChange(property.type === 'integer' ? Number(event.target.value) : event.target.value)}
      >
        {property.enum?.map((option) => (
          <option key={option} value={String(option)}>
            {labels[String(option)] ?? `${option}${unit && ` ${unit}`}`}
          </option>
        ))}
      </Select>
    </div>
  );
}
