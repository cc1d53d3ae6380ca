// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Shares} from "../src/lib/Shares.sol";
import {Base} from "./Base.sol";

contract SharesTest is Base {
    /// Spans cut at random places, of which some may be empty.
    function testFuzzWhatIsDueAddsUpToWhatWasReceived(uint256 received, uint256 seed, uint8 cuts) public pure {
        uint256 sum;
        uint256 start;
        for (uint256 i = 0; i < cuts; ++i) {
            uint256 share = uint256(keccak256(abi.encode(seed, i))) % (Shares.WHOLE - start + 1);
            sum += Shares.due(received, start, share);
            start += share;
        }
        sum += Shares.due(received, start, Shares.WHOLE - start);
        vm.assertEq(sum, received);
    }

    function testFuzzADueNeverShrinks(uint256 received, uint256 more, uint16 start, uint16 share) public pure {
        (start, share) = _span(start, share);
        if (more % 2 == 0) more %= 3 * Shares.WHOLE;
        unchecked {
            more = received + more < received ? type(uint256).max : received + more;
        }
        vm.assertTrue(Shares.due(more, start, share) >= Shares.due(received, start, share));
    }

    function testFuzzADueIsWithin2500UnitsOfTheExactShare(uint240 received, uint16 start, uint16 share) public pure {
        (start, share) = _span(start, share);
        uint256 due = Shares.due(received, start, share) * Shares.WHOLE;
        uint256 exact = uint256(received) * share;
        vm.assertLe(due > exact ? due - exact : exact - due, 2_500 * Shares.WHOLE, "too far");
    }

    function testFuzzEvery10000thUnitIsDividedExactly(uint240 blocks, uint16 start, uint16 share) public pure {
        (start, share) = _span(start, share);
        vm.assertEq(Shares.due(blocks * Shares.WHOLE, start, share), uint256(blocks) * share);
    }

    /// The plain twin: looks at every unit.
    function testFuzzUnitsAreDealtOneByOne(uint16 received, uint16 start, uint16 share) public pure {
        (start, share) = _span(start, share);
        received %= 25_000;
        uint256 count;
        for (uint256 k = 0; k < received; ++k) {
            if (k % 10_000 >= start && k % 10_000 < uint256(start) + share) ++count;
        }
        vm.assertEq(Shares.due(received, start, share), count);
    }

    function testTheLargestNumberDoesNotOverflow() public pure {
        vm.assertEq(Shares.due(type(uint256).max, 0, Shares.WHOLE), type(uint256).max);
    }

    function _span(uint16 start, uint16 share) private pure returns (uint16, uint16) {
        start %= 10_001;
        return (start, share % (10_001 - start));
    }
}
