import { useEffect, useRef, useState } from 'react';
import { MAX_VARIATIONS } from '@/lib/generations/limits';
import type { ReusableSettingsDto } from '@/lib/generations/schema';
import type { ParameterSchema } from '@/lib/models/schema';
import { fitParams, keepSettings, keptSettings, type Settings } from './settings';

/** The form's state: what is reused wins, then what this tab kept, then the model's defaults. Each change is kept. */
export function useSettings(slug: string, schema: ParameterSchema, reused: ReusableSettingsDto | null) {
  const [settings, setSettings] = useState<Settings>(() =>
    reused
      ? { prompt: reused.prompt, params: fitParams(schema, reused.params), seed: reused.seed, count: 1 }
      : { prompt: '', params: fitParams(schema), seed: null, count: 1 },
  );
  const restored = useRef(reused !== null);
  useEffect(() => {
    if (!restored.current) {
      restored.current = true;
      const kept = keptSettings(slug, schema, MAX_VARIATIONS);
      if (kept) return setSettings(kept);
    }
    keepSettings(slug, settings);
  }, [slug, schema, settings]);
  const change = (part: Partial<Settings>) => setSettings((now) => ({ ...now, ...part }));
  return [settings, change] as const;
}
