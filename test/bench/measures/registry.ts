/** Every measure, in the order of a full run. */
import { cacheMeasure } from "./cache";
import { delayedMeasure } from "./delayed";
import { dutiesMeasure } from "./duties";
import { firstRequestMeasure } from "./first-request";
import { gatewayMeasure } from "./gateway";
import { hubMeasure } from "./hub";
import type { Measure } from "./measure";
import { memoryMeasure } from "./memory";
import { policyMeasure } from "./policy";
import { screeningMeasure } from "./screening";
import { wavesMeasure } from "./waves";
import { wideMeasure } from "./wide";
import { workersMeasure } from "./workers";

export const MEASURES: readonly Measure[] = [
  gatewayMeasure,
  dutiesMeasure,
  firstRequestMeasure,
  delayedMeasure,
  wavesMeasure,
  wideMeasure,
  hubMeasure,
  cacheMeasure,
  screeningMeasure,
  workersMeasure,
  policyMeasure,
  memoryMeasure,
];
