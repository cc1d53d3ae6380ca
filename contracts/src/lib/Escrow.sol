// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Wei that may still be asked back: of the span of the last purchase, and of the span before. One slot.
struct Held {
    uint40 span;
    uint104 current;
    uint104 previous;
}

using {Escrow.add, Escrow.remove, Escrow.sum} for Held global;

/// Holds payments for at least a window of seconds, at the price of one slot for all of them. Time is cut into spans as long as the
/// window; what came in during a span is free when the second span after it begins. So a payment waits one to two windows, and
/// nothing has to be done to free it. `window` is never 0, and always the same for the same `Held`.
library Escrow {
    function add(Held storage held, uint256 window, uint256 amount) internal {
        (uint256 current, uint256 previous) = _now(held, window);
        held.span = uint40(block.timestamp / window);
        held.current = uint104(current + amount);
        held.previous = uint104(previous);
    }

    /// Gives back a payment of second `paidAt`, whose window is not over.
    function remove(Held storage held, uint256 window, uint256 paidAt, uint256 amount) internal {
        if (paidAt / window == held.span) held.current -= uint104(amount);
        else held.previous -= uint104(amount);
    }

    function sum(Held storage held, uint256 window) internal view returns (uint256) {
        (uint256 current, uint256 previous) = _now(held, window);
        return current + previous;
    }

    /// The two sums as they stand in the present span.
    function _now(Held storage held, uint256 window) private view returns (uint256 current, uint256 previous) {
        uint256 passed = block.timestamp / window - held.span;
        if (passed == 0) return (held.current, held.previous);
        if (passed == 1) return (0, held.current);
    }
}
