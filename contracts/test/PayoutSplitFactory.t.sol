// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PayoutSplit, Receiver} from "../src/PayoutSplit.sol";
import {PayoutSplitFactory} from "../src/PayoutSplitFactory.sol";
import {Base, Vm} from "./Base.sol";

/// A factory, and lists of receivers.
abstract contract Splits is Base {
    PayoutSplitFactory internal factory = new PayoutSplitFactory();

    /// One to 32 receivers without code.
    function _anyList(uint256 seed) internal pure returns (Receiver[] memory list) {
        list = new Receiver[](1 + seed % 32);
        uint256 account = 1 << 64;
        uint256 left = 10_000 - list.length;
        for (uint256 i = 0; i < list.length; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            account += 1 + (word >> 104);
            uint256 extra = i + 1 == list.length ? left : word % (left + 1);
            left -= extra;
            list[i] = Receiver(address(uint160(account)), uint16(1 + extra));
        }
    }

    function _list(address a, uint16 shareA, address b, uint16 shareB) internal pure returns (Receiver[] memory list) {
        list = new Receiver[](2);
        (list[0], list[1]) = (Receiver(a, shareA), Receiver(b, shareB));
    }

    function _sorted(Receiver[] memory list) internal pure returns (Receiver[] memory) {
        for (uint256 i = 1; i < list.length; ++i) {
            for (uint256 j = i; j > 0 && list[j].account < list[j - 1].account; --j) {
                (list[j], list[j - 1]) = (list[j - 1], list[j]);
            }
        }
        return list;
    }

    function _create(Receiver[] memory list) internal returns (PayoutSplit) {
        return PayoutSplit(payable(factory.createSplit(list)));
    }
}

contract PayoutSplitFactoryTest is Splits {
    function testFuzzTheSameListIsTheSameSplitWhoeverMakesIt(uint256 seed, address first, address second) public {
        Receiver[] memory list = _anyList(seed);
        address split = factory.splitOf(list);
        vm.recordLogs();
        vm.prank(first);
        vm.assertEq(factory.createSplit(list), split);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1);
        vm.assertEq(logs[0].topics[0], keccak256("SplitCreated(address,(address,uint16)[])"));
        vm.assertEq(logs[0].topics[1], bytes32(uint256(uint160(split))));
        vm.assertEq(logs[0].data, abi.encode(list));
        vm.prank(second);
        vm.assertEq(factory.createSplit(list), split);
        vm.assertEq(vm.getRecordedLogs().length, 0);
    }

    function testFuzzReceiversAreReadBack(uint256 seed) public {
        Receiver[] memory list = _anyList(seed);
        vm.assertEq(abi.encode(_create(list).receivers()), abi.encode(list));
    }

    function testFuzzAnotherListIsAnotherSplit(uint256 seed, uint256 other) public view {
        Receiver[] memory list = _anyList(seed);
        Receiver[] memory otherList = _anyList(other);
        bool same = keccak256(abi.encode(list)) == keccak256(abi.encode(otherList));
        vm.assertTrue((factory.splitOf(list) == factory.splitOf(otherList)) == same);
    }

    function testFuzzOneBasisPointMakesAnotherSplit(uint16 share) public view {
        share = 1 + share % 9_998;
        address split = factory.splitOf(_list(address(1), share, address(2), 10_000 - share));
        vm.assertTrue(split != factory.splitOf(_list(address(1), share + 1, address(2), 9_999 - share)));
    }

    function testFuzzSharesAddUpToTheWhole(uint16 a, uint16 b) public {
        if (b % 2 == 0) (a, b) = (a % 10_001, 10_000 - a % 10_001);
        if (a == 0 || b == 0 || uint256(a) + b != 10_000) vm.expectRevert(PayoutSplitFactory.BadShares.selector);
        factory.createSplit(_list(address(1), a, address(2), b));
    }

    function testOneBasisPointMoreOrLessIsRefused() public {
        _refused(_list(address(1), 5_000, address(2), 4_999), PayoutSplitFactory.BadShares.selector);
        _refused(_list(address(1), 5_000, address(2), 5_001), PayoutSplitFactory.BadShares.selector);
        _refused(_list(address(1), 0, address(2), 10_000), PayoutSplitFactory.BadShares.selector);
        _refused(_list(address(1), 10_000, address(2), 0), PayoutSplitFactory.BadShares.selector);
    }

    function testFuzzAccountsAscend(address a, address b) public {
        if (a == address(0) || b <= a) vm.expectRevert(PayoutSplitFactory.BadReceivers.selector);
        factory.createSplit(_list(a, 5_000, b, 5_000));
    }

    function testNoneTwiceAndNoneZero() public {
        _refused(_list(address(7), 5_000, address(7), 5_000), PayoutSplitFactory.BadReceivers.selector);
        _refused(_list(address(0), 5_000, address(7), 5_000), PayoutSplitFactory.BadReceivers.selector);
    }

    function testOneTo32Receivers() public {
        _refused(new Receiver[](0), PayoutSplitFactory.BadReceivers.selector);
        Receiver[] memory most = _anyList(31);
        vm.assertEq(most.length, factory.MAX_RECEIVERS());
        factory.createSplit(most);
        Receiver[] memory more = new Receiver[](33);
        for (uint256 i = 0; i < 33; ++i) {
            more[i] = Receiver(address(uint160(i + 1)), i == 32 ? 10_000 - 32 : 1);
        }
        _refused(more, PayoutSplitFactory.BadReceivers.selector);
    }

    function _refused(Receiver[] memory list, bytes4 why) private {
        vm.expectRevert(why);
        factory.createSplit(list);
        vm.expectRevert(why);
        factory.splitOf(list);
    }
}
