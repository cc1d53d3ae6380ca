import { type ComponentProps, type ReactNode, useId } from 'react';
import { describedBy, Field } from '../ui/field';
import { Input, Textarea } from '../ui/input';

type Props = {
  label: ReactNode;
  value: string;
  onValueChange(value: string): void;
  hint?: ReactNode;
  error?: string | null;
  aside?: ReactNode;
  className?: string;
} & Pick<ComponentProps<'input'>, 'maxLength' | 'inputMode' | 'placeholder' | 'type' | 'readOnly'> & { mono?: boolean; rows?: number };

/** One text with its label, hint and error; of several lines where `rows` is given. */
export function TextField({ label, value, onValueChange, hint, error, aside, className, mono, rows, type, ...rest }: Props) {
  const id = useId();
  const shared = {
    id,
    value,
    'aria-invalid': Boolean(error) || undefined,
    'aria-describedby': describedBy(id, { hint, error }),
    autoComplete: type === 'password' ? 'new-password' : 'off',
    spellCheck: mono ? false : undefined,
    className: mono ? 'font-mono' : undefined,
    ...rest,
  };
  return (
    <Field id={id} label={label} hint={hint} error={error} aside={aside} className={className}>
      {rows ? (
        <Textarea {...shared} rows={rows} onChange={(event) => onValueChange(event.target.value)} />
      ) : (
        <Input {...shared} type={type} onChange={(event) => onValueChange(event.target.value)} />
      )}
    </Field>
  );
}
