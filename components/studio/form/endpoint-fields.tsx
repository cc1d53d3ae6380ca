import type { Provider } from '@/lib/inference/providers';
import { Disclosure } from '../../ui/disclosure';
import { TextField } from '../text-field';
import { ComfyFields } from './comfy-fields';
import type { EndpointDraft, Secrets } from './draft';
import { atField, type Problems } from './problems';

type Props = {
  provider: Provider;
  endpoint: EndpointDraft;
  onChange(part: Partial<EndpointDraft>): void;
  secrets: Secrets;
  onSecrets(secrets: Secrets): void;
  problems: Problems;
};

const SECRET_HINT =
  'Sealed when you register, and never shown again, not even to you. It is not kept in this browser: after a reload, type it again.';

/** Address, names and secrets of an endpoint: what its kind asks for. */
export function EndpointFields({ provider, endpoint, onChange, secrets, onSecrets, problems }: Props) {
  const error = (field: string) => atField(problems, `deployment.${field}`);
  const text = (field: keyof EndpointDraft) => ({
    value: endpoint[field],
    onValueChange: (value: string) => onChange({ [field]: value }),
    error: error(field),
  });
  return (
    <div className="grid gap-6">
      {provider.url && (
        <TextField
          label={provider.url.label}
          mono
          inputMode="url"
          placeholder={provider.url.example}
          hint="Never shown to anybody but you."
          {...text('url')}
        />
      )}
      {provider.id !== 'signed-http' && (
        <TextField label={provider.reference.label} mono placeholder={provider.reference.example} {...text('reference')} />
      )}
      <TextField
        label={
          provider.secret
            ? `${provider.secret.label}${provider.secret.required ? '' : ' (if it asks for one)'}`
            : 'Bearer token (if something in front of it asks for one)'
        }
        type="password"
        mono
        hint={SECRET_HINT}
        value={secrets.secret}
        onValueChange={(secret) => onSecrets({ ...secrets, secret })}
        error={error('secret')}
      />
      {provider.webhookSecret && (
        <TextField
          label="Signing secret of its webhooks (optional)"
          type="password"
          mono
          value={secrets.webhookSecret}
          onValueChange={(webhookSecret) => onSecrets({ ...secrets, webhookSecret })}
          error={error('webhookSecret')}
        />
      )}
      {provider.mustReport && (
        <TextField
          label={`${provider.mustReport.label} (optional)`}
          mono
          placeholder={provider.mustReport.example}
          hint="An answer of anything else is refused, and nobody is charged for it."
          {...text('mustReport')}
        />
      )}
      {provider.id === 'comfyui' && <ComfyFields options={endpoint.options} onChange={(options) => onChange({ options })} error={error('options')} />}
      <Disclosure summary="More settings" open={error('options') !== null || error('maxRunning') !== null}>
        <div className="grid gap-6 pt-2">
          <TextField label="Most runs at once" inputMode="numeric" className="max-w-40" {...text('maxRunning')} />
          {provider.id !== 'comfyui' && provider.id !== 'signed-http' && (
            <TextField
              label="Its own settings, as JSON"
              mono
              rows={5}
              hint="How your parameters are called there, and what is sent with every run. Empty is right for most."
              {...text('options')}
            />
          )}
        </div>
      </Disclosure>
    </div>
  );
}
