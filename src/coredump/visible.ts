export { MESSAGE_LIMIT, NAME_LIMIT, visible } from '../bytes/visible';
