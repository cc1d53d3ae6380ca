import { labelOf } from '@/lib/models/labels';
import type { ParameterProperty, ParameterValue } from '@/lib/models/schema';
import { Select } from '../ui/select';

type SelectFieldProps = { id: string; property: ParameterProperty; value: ParameterValue; onChange(value: ParameterValue): void };

/** One of a parameter's choices. */
export function SelectField({ id, property, value, onChange }: SelectFieldProps) {
  const { unit = '' } = property['x-ui'] ?? {};
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
            {labelOf(property, option) ?? `${option}${unit && ` ${unit}`}`}
          </option>
        ))}
      </Select>
    </div>
  );
}
