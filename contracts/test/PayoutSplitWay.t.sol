// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {CreatorCollection} from "../src/CreatorCollection.sol";
import {PayoutSplit, Receiver} from "../src/PayoutSplit.sol";
import {CollectionTerms} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {PayoutSplitFactory} from "../src/PayoutSplitFactory.sol";
import {Fixture, Work} from "./Fixture.sol";
import {Refuser} from "./PayoutSplit.t.sol";

/// The way of a mint price: collector, collection, split, three receivers of whom one refuses ETH.
contract PayoutSplitWayTest is Fixture {
    address private constant ETH = address(0);
    address private platform = address(type(uint160).max);
    Refuser private collaborator = new Refuser();
    PayoutSplitFactory private splits = new PayoutSplitFactory();

    function testAMintPriceReachesThreeReceiversThoughOneRefusesETH() public {
        Receiver[] memory list = _threeReceivers();
        // The split need not exist yet for a collection to name it, and to pay it.
        PayoutSplit split = PayoutSplit(payable(splits.splitOf(list)));
        _openCollectionFor(address(split));
        Work memory request = _work(1);
        request.price = 1 ether;
        _sign(request);
        collection.mint{value: 1 ether}(_packed(request));

        vm.prank(creator);
        vm.expectRevert(abi.encodeWithSelector(CreatorCollection.OnlyToPayout.selector, address(split)));
        collection.withdraw(creator);
        vm.prank(collector);
        collection.withdraw(address(split));
        vm.assertEq(address(collection).balance, 0);

        splits.createSplit(list);
        vm.expectRevert(SafeTransferLib.ETHTransferFailed.selector);
        split.release(ETH, address(collaborator));
        split.release(ETH, platform);
        split.release(ETH, creator);
        vm.assertEq(creator.balance, 0.7 ether);
        vm.assertEq(platform.balance, 0.05 ether);
        collaborator.claim(split, ETH, vm.addr(0xFEED));
        vm.assertEq(vm.addr(0xFEED).balance, 0.25 ether);
        vm.assertEq(address(split).balance, 0);

        // The refusal blocked no sale either.
        Work memory next = _work(2);
        next.price = 1 ether;
        _sign(next);
        collection.mint{value: 1 ether}(_packed(next));
        collection.withdraw(address(split));
        vm.assertEq(split.claimable(ETH, creator), 0.7 ether);
    }

    function _threeReceivers() private view returns (Receiver[] memory list) {
        list = new Receiver[](3);
        (list[0], list[1]) = (Receiver(creator, 7_000), Receiver(address(collaborator), 2_500));
        if (list[1].account < list[0].account) (list[0], list[1]) = (list[1], list[0]);
        list[2] = Receiver(platform, 500);
    }

    function _openCollectionFor(address payout) private {
        CollectionTerms memory terms = _terms();
        terms.payout = payout;
        vm.prank(creator);
        collection = WorkCollection(factory.createCollection("shared", BASE_URL, terms, _version()));
    }
}
