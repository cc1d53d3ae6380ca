import { fieldRow } from './fields';
import { nacreRow } from './nacre';
import { clearRow, resolveRow } from './resolve';
import { strataRow } from './strata';
import { vitrailRow } from './vitrail';

export { clearRow, fieldRow, nacreRow, resolveRow, strataRow, vitrailRow };
