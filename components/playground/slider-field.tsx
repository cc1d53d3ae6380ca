import type { ParameterProperty } from '@/lib/models/schema';
import { Slider } from '../ui/slider';

type SliderFieldProps = { id: string; property: ParameterProperty; value: number; onChange(value: number): void };

/** A whole number between two bounds, on one line: name, slider, value. */
export function SliderField({ id, property, value, onChange }: SliderFieldProps) {
  const { unit = '' } = property['x-ui'] ?? {};
  return (
    <div className="grid grid-cols-[6.5rem_1fr_3.25rem] items-center gap-3" title={property.description}>
      <label htmlFor={id} className="text-sm">
        {property.title}
      </label>
      <Slider
        id={id}
        value={value}
        min={property.minimum ?? 0}
        max={property.maximum ?? 100}
        step={property.multipleOf}
        onValueChange={onChange}
        aria-valuetext={`${value}${unit}`}
        aria-description={property.description}
      />
      <output htmlFor={id} className="text-right font-mono text-xs tabular-nums text-ink-soft">
        {value}
        {unit}
      </output>
    </div>
  );
}
