export { formatMoney, formatMoneyBriefly, formatMoneyPerMonth, formatUnitPrice } from "./money";
export {
  formatBytes,
  formatCompact,
  formatCount,
  formatExact,
  formatPercent,
  formatQuantity,
  formatRate,
  type Maybe,
  significant,
  unitFor,
} from "./number";
export { parseQuantity, type Quantity } from "./quantity";
export { formatAgo, formatClock, formatMilliseconds, formatMoment, formatSeconds } from "./time";
