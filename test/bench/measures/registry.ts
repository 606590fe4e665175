/** Every measure, in the order of a full run. */
import { delayedMeasure } from "./delayed";
import { firstRequestMeasure } from "./first-request";
import { gatewayMeasure } from "./gateway";
import type { Measure } from "./measure";

export const MEASURES: readonly Measure[] = [gatewayMeasure, firstRequestMeasure, delayedMeasure];
