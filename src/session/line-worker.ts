import { type Expression, type LineBatch, matchLines } from '../memory/search/lines';

/* Matches lines and nothing else, so that it can be ended at any time. */
self.onmessage = ({ data }: MessageEvent<{ expression: Expression; batch: LineBatch }>) => {
  self.postMessage(matchLines(data.expression, data.batch));
};
