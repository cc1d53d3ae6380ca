import { LookAgain } from '@/components/shell/look-again';
import { NothingHere } from '@/components/shell/nothing-here';
import { currentViewer } from '@/lib/auth/session';

/** In the frame of a page that is not there for whoever asks: somebody who signs in may be whose it is. Public pages go without, to stay light. */
export async function FramedNotFound() {
  return (
    <div className="frame">
      <NothingHere />
      <LookAgain signedIn={(await currentViewer()) !== null} />
    </div>
  );
}
