import dynamic from 'next/dynamic';
import { pictureParameter } from '@/lib/models/input-parameter';
import type { ParameterProperty, ParameterSchema, ParameterValue, ParameterValues } from '@/lib/models/schema';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Switch } from '../ui/switch';
import type { Pictures } from './picture-field';
import { SelectField } from './select-field';
import { shapesOf } from './shapes';
import { SizeField } from './size-field';
import { SliderField } from './slider-field';
import { SwatchField } from './swatch-field';

type ParameterFormProps = {
  schema: ParameterSchema;
  values: ParameterValues;
  onChange(values: ParameterValues): void;
  /** How the picture to start from is chosen; null where a work is chosen already. */
  pictures: Pictures | null;
};

/** Not loaded where a version takes no picture. */
const PictureField = dynamic(() => import('./picture-field').then((file) => file.PictureField));

const GROUP_ORDER = ['frame', 'colour', 'form', 'surface'];

/** Parameters by group, in the order the version gives. */
function groupsOf({ properties }: ParameterSchema, leftOut: Set<string>) {
  const groups = new Map<string, [string, ParameterProperty][]>();
  for (const [name, property] of Object.entries(properties)) {
    if (leftOut.has(name)) continue;
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
export function ParameterForm({ schema, values, onChange, pictures }: ParameterFormProps) {
  const shapes = shapesOf(schema);
  const { width, height } = values;
  const hasSize = shapes.length > 0 && typeof width === 'number' && typeof height === 'number';
  const picture = pictures ? null : pictureParameter(schema);
  const groups = groupsOf(schema, new Set([...(hasSize ? ['width', 'height'] : []), ...(picture ? [picture.name] : [])]));
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
              pictures={pictures}
              onChange={(value) => set(name, value)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}

type ParameterProps = {
  id: string;
  property: ParameterProperty;
  value: ParameterValue;
  onChange(value: ParameterValue): void;
  pictures: Pictures | null;
};

function Parameter({ id, property, value, onChange, pictures }: ParameterProps) {
  const control = property['x-ui']?.control;
  if (property.contentMediaType)
    return pictures && <PictureField id={id} property={property} value={String(value)} onChange={onChange} pictures={pictures} />;
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
