export { NAME_LIMIT, visible } from '../bytes/visible';
