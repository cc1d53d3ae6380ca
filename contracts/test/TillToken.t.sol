// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {ReentrancyGuardTransient} from "solady/utils/ReentrancyGuardTransient.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Till} from "../src/Till.sol";
import {Base, Vm} from "./Base.sol";
import {CallingToken, FalseToken, FeeToken, NoReturnToken, StandardToken} from "./Tokens.sol";

/// Signs EIP-2612 permits of the test tokens.
abstract contract Permits is Base {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    function _permit(StandardToken token, uint256 key, address spender, uint256 amount, uint256 deadline)
        internal
        view
        returns (uint8 v, bytes32 r, bytes32 s)
    {
        address from = vm.addr(key);
        bytes32 inner = keccak256(abi.encode(PERMIT, from, spender, amount, token.nonces(from), deadline));
        return vm.sign(key, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), inner)));
    }
}

/// Has what it is paid, and tries to be paid again meanwhile.
contract GreedyReceiver {
    bool public again;

    receive() external payable {
        (again,) = msg.sender.call(abi.encodeCall(Till.withdraw, (address(this), 1)));
    }
}

contract TillTokenTest is Permits {
    uint256 private constant PAYER_KEY = 0xDEB17;
    address private owner = vm.addr(1);
    address private payer = vm.addr(PAYER_KEY);
    Till private till = new Till(owner);
    StandardToken private token = new StandardToken();

    function setUp() public {
        vm.warp(1_800_000_000);
        _list(address(token));
        token.mint(payer, type(uint128).max);
    }

    function testFuzzATokenDepositIsAnEvent(address from, bytes32 memo, uint96 amount, uint96 more) public {
        vm.assume(amount > 0 && from != address(0) && from != address(till));
        token.mint(from, uint256(amount) + more);
        vm.prank(from);
        token.approve(address(till), amount);
        vm.recordLogs();
        vm.prank(from);
        till.depositToken(address(token), amount, memo);
        _assertDeposited(address(token), from, memo, amount);
        vm.assertEq(token.balanceOf(address(till)), amount);
    }

    function testFuzzAPermitIsEnough(bytes32 memo, uint96 amount, uint40 late) public {
        vm.assume(amount > 0);
        uint256 deadline = block.timestamp + late;
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, PAYER_KEY, address(till), amount, deadline);
        vm.recordLogs();
        vm.prank(payer);
        till.depositTokenWithPermit(address(token), amount, memo, deadline, v, r, s);
        _assertDeposited(address(token), payer, memo, amount);
    }

    function testAPermitSentInBySomebodyElseStopsNothing() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, PAYER_KEY, address(till), 100, block.timestamp);
        token.permit(payer, address(till), 100, block.timestamp, v, r, s);
        vm.recordLogs();
        vm.prank(payer);
        till.depositTokenWithPermit(address(token), 100, "memo", block.timestamp, v, r, s);
        _assertDeposited(address(token), payer, "memo", 100);
    }

    function testFuzzNobodyDepositsWithAnothersPermit(address thief, bytes32 memo) public {
        vm.assume(thief != payer && thief != address(0) && thief.code.length == 0);
        token.mint(thief, 100);
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, PAYER_KEY, address(till), 100, block.timestamp);
        vm.prank(thief);
        vm.expectRevert(SafeTransferLib.TransferFromFailed.selector);
        till.depositTokenWithPermit(address(token), 100, memo, block.timestamp, v, r, s);
        // And sent in by the thief beforehand, it is still the payer's allowance.
        token.permit(payer, address(till), 100, block.timestamp, v, r, s);
        vm.prank(thief);
        vm.expectRevert(SafeTransferLib.TransferFromFailed.selector);
        till.depositToken(address(token), 100, memo);
    }

    function testFuzzAChangedPermitDepositsNothing(uint96 amount, uint8 field, uint256 change) public {
        vm.assume(amount > 0 && change != 0);
        uint256 deadline = block.timestamp;
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, PAYER_KEY, address(till), amount, deadline);
        uint256 asked = amount;
        if (field % 5 == 0) deadline ^= change;
        if (field % 5 == 1) v ^= uint8(1 + change % 255);
        if (field % 5 == 2) r ^= bytes32(change);
        if (field % 5 == 3) s ^= bytes32(change);
        if (field % 5 == 4) asked += 1;
        vm.prank(payer);
        vm.expectRevert(SafeTransferLib.TransferFromFailed.selector);
        till.depositTokenWithPermit(address(token), asked, "memo", deadline, v, r, s);
    }

    function testAnUnlistedTokenIsNeverCalled() public {
        StandardToken other = new StandardToken();
        bytes memory refusal = abi.encodeWithSelector(Till.NotListed.selector, address(other));
        vm.expectCall(address(other), "", 0);
        vm.expectRevert(refusal);
        till.depositToken(address(other), 1, "memo");
        vm.expectRevert(refusal);
        till.depositTokenWithPermit(address(other), 1, "memo", 0, 0, 0, 0);
    }

    function testNothingIsRefused() public {
        vm.expectRevert(Till.NothingSent.selector);
        till.depositToken(address(token), 0, "memo");
        vm.expectRevert(Till.NothingSent.selector);
        till.depositTokenWithPermit(address(token), 0, "memo", 0, 0, 0, 0);
    }

    function testFuzzATokenThatTakesAFeeIsRefused(uint96 amount) public {
        vm.assume(amount >= 100);
        FeeToken fee = new FeeToken();
        _list(address(fee));
        fee.mint(address(this), amount);
        fee.approve(address(till), amount);
        vm.expectRevert(abi.encodeWithSelector(Till.WrongAmount.selector, amount, amount - amount / 100));
        till.depositToken(address(fee), amount, "memo");
    }

    function testATokenWithoutReturnValuesComesAndGoes() public {
        NoReturnToken old = new NoReturnToken();
        _list(address(old));
        old.mint(payer, 100);
        vm.prank(payer);
        old.approve(address(till), 100);
        vm.recordLogs();
        vm.prank(payer);
        till.depositToken(address(old), 60, "memo");
        _assertDeposited(address(old), payer, "memo", 60);
        // It has no permit either, and the allowance is what counts.
        vm.prank(payer);
        till.depositTokenWithPermit(address(old), 40, "memo", 0, 0, 0, 0);
        vm.prank(owner);
        till.withdrawToken(address(old), owner, 100);
        vm.assertEq(old.balanceOf(owner), 100);
    }

    function testATokenThatSaysNoIsBelieved() public {
        address no = address(new FalseToken());
        _list(no);
        vm.expectRevert(SafeTransferLib.TransferFromFailed.selector);
        till.depositToken(no, 1, "memo");
        vm.prank(owner);
        vm.expectRevert(SafeTransferLib.TransferFailed.selector);
        till.withdrawToken(no, owner, 1);
    }

    function testFuzzNobodyElseListsOrWithdraws(address stranger, address any, uint256 amount) public {
        vm.assume(stranger != owner);
        token.mint(address(till), 100);
        vm.prank(stranger);
        vm.expectRevert(Ownable.Unauthorized.selector);
        till.listToken(any, true);
        vm.prank(stranger);
        vm.expectRevert(Ownable.Unauthorized.selector);
        till.withdrawToken(address(token), stranger, amount);
        vm.prank(stranger);
        vm.expectRevert(Ownable.Unauthorized.selector);
        till.withdraw(stranger, amount);
    }

    function testFuzzTheListSaysWhatTheOwnerSaid(address any, bool listed) public {
        vm.recordLogs();
        vm.prank(owner);
        till.listToken(any, listed);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs[0].topics[0], keccak256("TokenListed(address,bool)"));
        vm.assertEq(logs[0].topics[1], _word(any));
        vm.assertTrue(abi.decode(logs[0].data, (bool)) == listed && till.isListed(any) == listed);
    }

    function testFuzzATokenThatLeftTheListCanBeWithdrawn(uint96 held, uint96 amount) public {
        token.mint(address(till), held);
        vm.prank(owner);
        till.listToken(address(token), false);
        vm.recordLogs();
        vm.prank(owner);
        if (amount > held) {
            vm.expectRevert(SafeTransferLib.TransferFailed.selector);
            till.withdrawToken(address(token), owner, amount);
            return;
        }
        till.withdrawToken(address(token), owner, amount);
        vm.assertEq(token.balanceOf(owner), amount);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs[0].topics[0], keccak256("TokenWithdrawn(address,address,uint256)"));
        vm.assertEq(logs[0].topics[1], _word(address(token)));
        vm.assertEq(logs[0].topics[2], _word(owner));
        vm.assertEq(abi.decode(logs[0].data, (uint256)), amount);
    }

    /// The token deposits for itself while the payer's deposit is being measured: both would see the same money arrive.
    function testADepositInsideADepositIsRefused() public {
        CallingToken hostile = new CallingToken();
        _list(address(hostile));
        hostile.mint(payer, 100);
        hostile.mint(address(hostile), 100);
        vm.prank(address(hostile));
        hostile.approve(address(till), 100);
        vm.prank(payer);
        hostile.approve(address(till), 100);
        hostile.callBack(address(till), abi.encodeCall(Till.depositToken, (address(hostile), 100, "twice")));
        vm.recordLogs();
        vm.prank(payer);
        till.depositToken(address(hostile), 100, "memo");
        vm.assertTrue(hostile.refusal() == ReentrancyGuardTransient.Reentrancy.selector);
        vm.assertEq(hostile.balanceOf(address(till)), 100);
    }

    /// The owner of the till is the hostile token itself here: not even then.
    function testAWithdrawalInsideADepositIsRefused() public {
        CallingToken hostile = new CallingToken();
        _list(address(hostile));
        vm.prank(owner);
        till.transferOwnership(address(hostile));
        hostile.mint(payer, 100);
        hostile.mint(address(till), 100);
        vm.prank(payer);
        hostile.approve(address(till), 100);
        hostile.callBack(address(till), abi.encodeCall(Till.withdrawToken, (address(hostile), payer, 100)));
        vm.prank(payer);
        till.depositToken(address(hostile), 100, "memo");
        vm.assertTrue(hostile.refusal() == ReentrancyGuardTransient.Reentrancy.selector);
    }

    function testAReceiverOfAWithdrawalGetsItOnce() public {
        GreedyReceiver greedy = new GreedyReceiver();
        vm.deal(address(till), 3 ether);
        vm.prank(owner);
        till.withdraw(address(greedy), 1 ether);
        vm.assertFalse(greedy.again());
        vm.assertEq(address(till).balance, 2 ether);
    }

    function _list(address any) private {
        vm.prank(owner);
        till.listToken(any, true);
    }

    /// The last log of those recorded; earlier ones are the token's.
    function _assertDeposited(address asset, address from, bytes32 memo, uint256 amount) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory last = logs[logs.length - 1];
        vm.assertEq(last.emitter, address(till));
        vm.assertEq(last.topics[0], keccak256("TokenDeposited(address,address,bytes32,uint256)"));
        vm.assertEq(last.topics[1], _word(from));
        vm.assertEq(last.topics[2], _word(asset));
        vm.assertEq(last.topics[3], memo);
        vm.assertEq(abi.decode(last.data, (uint256)), amount);
    }

    function _word(address any) private pure returns (bytes32) {
        return bytes32(uint256(uint160(any)));
    }
}
