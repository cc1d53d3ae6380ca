import { Select } from '../ui/select';
import { nearestSize, type Shape, type Size } from './shapes';

type SizeFieldProps = { id: string; shapes: Shape[]; value: Size; onChange(size: Size): void };

/** Width and height as what people think in: a shape, then how large. */
export function SizeField({ id, shapes, value, onChange }: SizeFieldProps) {
  const shape = shapes.find(({ sizes }) => sizes.some((size) => size.width === value.width && size.height === value.height));
  const choose = (next: Shape) => {
    const size = nearestSize(next, value);
    if (size) onChange(size);
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="float-left flex w-full justify-between text-sm">
        Format
        <span className="text-xs text-ink-faint">{shape ? `${shape.title}, ${shape.name}` : 'Own size'}</span>
      </legend>
      <div className="flex flex-wrap gap-0.5">
        {shapes.map((option) => (
          <ShapeOption key={option.name} name={`${id}-shape`} shape={option} checked={option === shape} onChange={() => choose(option)} />
        ))}
      </div>
      <Select
        id={id}
        aria-label="Size in pixels"
        value={`${value.width}x${value.height}`}
        onChange={(event) => {
          const [width, height] = event.target.value.split('x').map(Number);
          if (width && height) onChange({ width, height });
        }}
      >
        {(shape?.sizes ?? [value]).map(({ width, height }) => (
          <option key={`${width}x${height}`} value={`${width}x${height}`}>
            {width} × {height} px
          </option>
        ))}
      </Select>
    </fieldset>
  );
}

const GLYPH = 18;

function ShapeOption({ name, shape, checked, onChange }: { name: string; shape: Shape; checked: boolean; onChange(): void }) {
  const [across = 1, down = 1] = shape.name.split(':').map(Number);
  const unit = GLYPH / Math.max(across, down);
  return (
    <label
      title={`${shape.title}, ${shape.name}`}
      className="grid size-9 cursor-pointer place-items-center rounded-sm border border-transparent text-ink-faint hover:text-ink has-checked:border-ink has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-copper"
    >
      <input type="radio" className="sr-only" name={name} checked={checked} onChange={onChange} />
      <span className="sr-only">
        {shape.title}, {shape.name}
      </span>
      <span aria-hidden="true" className="border-[1.5px] border-current" style={{ width: across * unit, height: down * unit }} />
    </label>
  );
}
