import { NothingHere } from '@/components/shell/nothing-here';

/** In the frame, and with no code of its own: public pages stay light. */
export default function NotFound() {
  return (
    <div className="frame">
      <NothingHere />
    </div>
  );
}
