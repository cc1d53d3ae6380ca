import type { StudioModelDto } from '@/lib/studio/schema';
import { Badge } from '../ui/badge';

const states: Record<StudioModelDto['status'], { text: string; tone: 'plain' | 'copper' | 'good' | 'bad' }> = {
  draft: { text: 'Draft', tone: 'copper' },
  published: { text: 'Open', tone: 'good' },
  paused: { text: 'Paused', tone: 'bad' },
  retired: { text: 'Retired', tone: 'plain' },
};

/** Where a model stands. */
export const ModelState = ({ status }: Pick<StudioModelDto, 'status'>) => <Badge tone={states[status].tone}>{states[status].text}</Badge>;
