// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PayoutSplit, Receiver} from "../src/PayoutSplit.sol";
import {Base} from "./Base.sol";
import {Reentrant, Refuser} from "./PayoutSplit.t.sol";
import {Splits} from "./PayoutSplitFactory.t.sol";
import {CallingToken, FeeToken, Forcer, NoReturnToken, StandardToken} from "./Tokens.sol";

/// Money of five kinds comes in and is asked for in any order. One receiver refuses ETH, one asks again while it is paid.
contract SplitHandler is Splits {
    PayoutSplit public immutable split;
    Receiver[] public list;
    address[5] public assets = [
        address(0),
        address(new StandardToken()),
        address(new NoReturnToken()),
        address(new FeeToken()),
        address(new CallingToken())
    ];
    address private immutable REFUSER = address(new Refuser());
    mapping(address asset => uint256) public arrived;
    mapping(address asset => mapping(address receiver => uint256)) private _due;

    constructor() {
        Receiver[] memory all = new Receiver[](5);
        all[0] = Receiver(REFUSER, 3_333);
        all[1] = Receiver(address(new Reentrant()), 1_234);
        all[2] = Receiver(vm.addr(1), 1);
        all[3] = Receiver(vm.addr(2), 5_431);
        all[4] = Receiver(vm.addr(3), 1);
        all = _sorted(all);
        split = _create(all);
        for (uint256 i = 0; i < 5; ++i) {
            list.push(all[i]);
        }
    }

    /// Often a few units only: what is rounded matters there.
    function pay(uint256 which, uint96 amount, bool few, bool forced) external {
        address asset = assets[which % 5];
        if (few) amount %= 10_007;
        uint256 before = heldOf(asset);
        if (asset != address(0)) {
            NoReturnToken(asset).mint(address(this), amount);
            NoReturnToken(asset).transfer(address(split), amount);
        } else if (forced) {
            vm.deal(address(this), amount);
            new Forcer{value: amount}(payable(address(split)));
        } else {
            vm.deal(address(this), amount);
            (bool ok,) = address(split).call{value: amount}("");
            vm.assertTrue(ok);
        }
        arrived[asset] += heldOf(asset) - before;
    }

    function release(uint256 which, uint256 who) external {
        (address asset, address receiver) = (assets[which % 5], list[who % 5].account);
        uint256 due = split.claimable(asset, receiver);
        bool refused = due == 0 || (asset == address(0) && receiver == REFUSER);
        uint256 before = heldOf(asset);
        if (refused) vm.expectRevert();
        split.release(asset, receiver);
        vm.assertEq(before - heldOf(asset), refused ? 0 : due);
    }

    function claim(uint256 which, uint256 who, uint160 to) external {
        (address asset, address receiver) = (assets[which % 5], list[who % 5].account);
        uint256 due = split.claimable(asset, receiver);
        // An account nobody else has, so that it takes whatever comes.
        address other = address(uint160(uint256(keccak256(abi.encode(to)))));
        uint256 before = heldOf(asset);
        vm.prank(receiver);
        if (due == 0) vm.expectRevert(PayoutSplit.NothingDue.selector);
        split.claim(asset, other);
        vm.assertEq(before - heldOf(asset), due);
    }

    function releaseInsideARelease(uint256 outer, uint256 inner) external {
        CallingToken token = CallingToken(assets[4]);
        address receiver = list[outer % 5].account;
        if (split.claimable(address(token), receiver) == 0) return;
        bytes memory call = abi.encodeCall(PayoutSplit.release, (address(token), list[inner % 5].account));
        token.callBack(address(split), call);
        split.release(address(token), receiver);
        vm.assertFalse(token.succeeded());
    }

    function strangerClaims(uint160 who, uint256 which, uint256 of_) external {
        address stranger = address(uint160(uint256(keccak256(abi.encode("stranger", who)))));
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(PayoutSplit.NotAReceiver.selector, stranger));
        split.claim(assets[which % 5], stranger);
        vm.expectRevert(abi.encodeWithSelector(PayoutSplit.NotAReceiver.selector, stranger));
        split.release(assets[of_ % 5], stranger);
    }

    /// What a receiver ever could claim stays claimable or was paid.
    function nobodyLoses(uint256 which) external {
        address asset = assets[which % 5];
        for (uint256 i = 0; i < 5; ++i) {
            address receiver = list[i].account;
            uint256 due = split.claimed(asset, receiver) + split.claimable(asset, receiver);
            vm.assertTrue(due >= _due[asset][receiver], "a due shrank");
            _due[asset][receiver] = due;
        }
    }

    function heldOf(address asset) public view returns (uint256) {
        return asset == address(0) ? address(split).balance : StandardToken(asset).balanceOf(address(split));
    }
}

contract PayoutSplitInvariantTest is Base {
    SplitHandler private handler;

    function setUp() public {
        handler = new SplitHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// For every asset: claimable and claimed are what arrived, to the unit, and what is claimable is there.
    function invariantSplitsConserve() public view {
        PayoutSplit split = handler.split();
        for (uint256 i = 0; i < 5; ++i) {
            address asset = handler.assets(i);
            uint256 claimable;
            uint256 claimed;
            for (uint256 k = 0; k < 5; ++k) {
                (address receiver,) = handler.list(k);
                claimable += split.claimable(asset, receiver);
                claimed += split.claimed(asset, receiver);
            }
            vm.assertEq(claimable + claimed, handler.arrived(asset));
            vm.assertEq(claimed, split.totalClaimed(asset));
            vm.assertEq(claimable, handler.heldOf(asset));
        }
    }
}
