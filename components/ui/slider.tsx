import { clsx } from 'clsx';
import type { ComponentProps, CSSProperties } from 'react';

type SliderProps = Omit<ComponentProps<'input'>, 'type' | 'value' | 'onChange'> & {
  value: number;
  min: number;
  max: number;
  step?: number;
  onValueChange(value: number): void;
};

/** A range input drawn as a rule with a burin's handle. Arrow keys, Page Up and Down come with the platform. */
export function Slider({ value, min, max, step = 1, onValueChange, className, ...rest }: SliderProps) {
  const filled = max > min ? ((value - min) / (max - min)) * 100 : 0;
  return (
    <input
      type="range"
      className={clsx('slider', className)}
      style={{ '--filled': `${filled}%` } as CSSProperties}
      value={value}
      min={min}
      max={max}
      step={step}
      onChange={(event) => onValueChange(event.target.valueAsNumber)}
      {...rest}
    />
  );
}
