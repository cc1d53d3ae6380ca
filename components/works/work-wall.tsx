import type { WorkCardDto } from '@/lib/works/schema';
import { WorkCard } from './work-card';

/** How wide a picture of the wall is shown: two to a row on phones, three or four on larger screens. */
const SIZES = '(min-width: 1024px) 32vw, (min-width: 640px) 45vw, 50vw';
const FIRST_ROW = 4;

/**
 * Works hung in rows of one height, each row filled to the edge. Pure CSS: an item's basis and growth follow its shape, so
 * the wall is laid out before a picture has loaded, reads from left to right, and needs no script.
 */
export function WorkWall({ works, showModel, firstRowEager = true }: { works: WorkCardDto[]; showModel?: boolean; firstRowEager?: boolean }) {
  return (
    <ul className="work-wall">
      {works.map((work, index) => (
        <li key={work.id} style={{ '--shape': (work.width / work.height).toFixed(4) }}>
          <WorkCard work={work} sizes={SIZES} first={firstRowEager && index < FIRST_ROW} showModel={showModel} />
        </li>
      ))}
    </ul>
  );
}
