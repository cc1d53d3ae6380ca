// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Till} from "../src/Till.sol";
import {Base, Vm} from "./Base.sol";
import {CallingToken, FeeToken, Forcer, NoReturnToken, StandardToken} from "./Tokens.sol";
import {Permits} from "./TillToken.t.sol";

/// Four payers, ETH and four tokens (one takes a fee, one calls back), in any order, some of it nonsense. What was deposited and
/// withdrawn is summed up from the till's events; what came in otherwise is counted apart.
contract TillHandler is Permits {
    Till public immutable till = new Till(address(this));
    address[5] public assets = [
        address(0),
        address(new StandardToken()),
        address(new NoReturnToken()),
        address(new FeeToken()),
        address(new CallingToken())
    ];
    mapping(address asset => uint256) public deposited;
    mapping(address asset => uint256) public withdrawn;
    mapping(address asset => uint256) public strayed;

    constructor() {
        vm.warp(1_800_000_000);
        for (uint256 i = 1; i < assets.length; ++i) {
            till.listToken(assets[i], true);
            for (uint256 payer = 0; payer < 4; ++payer) {
                StandardToken(assets[i]).mint(_payer(payer), 1 << 128);
            }
        }
        // The fourth token deposits for itself whenever it can.
        StandardToken(assets[4]).mint(assets[4], 1 << 128);
        vm.prank(assets[4]);
        StandardToken(assets[4]).approve(address(till), type(uint128).max);
    }

    function depositETH(uint256 payer, uint96 amount, bytes32 memo) external {
        if (amount == 0) return;
        vm.deal(_payer(payer), amount);
        vm.recordLogs();
        vm.prank(_payer(payer));
        till.deposit{value: amount}(memo);
        _count();
    }

    /// May fail: not listed, nothing, too little approved, or a fee.
    function depositToken(uint256 payer, uint256 which, uint96 amount, uint8 missing, bytes32 memo) external {
        address token = _token(which);
        vm.prank(_payer(payer));
        NoReturnToken(token).approve(address(till), missing % 4 == 0 ? amount / 2 : amount);
        vm.recordLogs();
        vm.prank(_payer(payer));
        try till.depositToken(token, amount, memo) {} catch {}
        _count();
    }

    function depositWithPermit(uint256 payer, uint96 amount, bytes32 memo, bool early) external {
        StandardToken token = StandardToken(assets[1]);
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, payer % 4 + 1, address(till), amount, block.timestamp);
        if (early) token.permit(_payer(payer), address(till), amount, block.timestamp, v, r, s);
        vm.recordLogs();
        vm.prank(_payer(payer));
        try till.depositTokenWithPermit(address(token), amount, memo, block.timestamp, v, r, s) {} catch {}
        _count();
    }

    function depositInsideADeposit(uint256 payer, uint96 outer, uint96 inner) external {
        CallingToken token = CallingToken(assets[4]);
        vm.prank(_payer(payer));
        token.approve(address(till), outer);
        token.callBack(address(till), abi.encodeCall(Till.depositToken, (address(token), inner, "inner")));
        vm.recordLogs();
        vm.prank(_payer(payer));
        try till.depositToken(address(token), outer, "outer") {} catch {}
        _count();
        token.callBack(address(0), "");
    }

    function list(uint256 which, bool listed) external {
        till.listToken(_token(which), listed);
    }

    function forceETH(uint96 amount, bool coinbase) external {
        if (coinbase) {
            vm.deal(address(till), address(till).balance + amount);
        } else {
            vm.deal(address(this), amount);
            new Forcer{value: amount}(payable(address(till)));
        }
        strayed[address(0)] += amount;
    }

    function transferPlainly(uint256 payer, uint256 which, uint96 amount) external {
        vm.deal(address(this), amount);
        (bool ok,) = address(till).call{value: amount}("");
        vm.assertFalse(ok);
        address token = _token(which);
        uint256 before = StandardToken(token).balanceOf(address(till));
        vm.prank(_payer(payer));
        NoReturnToken(token).transfer(address(till), amount);
        strayed[token] += StandardToken(token).balanceOf(address(till)) - before;
    }

    function withdraw(uint256 to, uint256 which, uint96 amount) external {
        address asset = assets[which % assets.length];
        uint256 held = heldOf(asset);
        amount = uint96(amount > held ? held : amount);
        vm.recordLogs();
        if (asset == address(0)) till.withdraw(_payer(to), amount);
        else till.withdrawToken(asset, _payer(to), amount);
        _count();
    }

    function withdrawTooMuch(uint256 which, uint96 extra) external {
        address asset = assets[which % assets.length];
        uint256 amount = heldOf(asset) + 1 + extra;
        vm.expectRevert();
        if (asset == address(0)) till.withdraw(_payer(0), amount);
        else till.withdrawToken(asset, _payer(0), amount);
    }

    function strangerWithdraws(uint256 payer, uint256 which) external {
        vm.prank(_payer(payer));
        vm.expectRevert();
        till.withdraw(_payer(payer), 0);
        vm.prank(_payer(payer));
        vm.expectRevert();
        till.withdrawToken(_token(which), _payer(payer), 0);
    }

    function heldOf(address asset) public view returns (uint256) {
        return asset == address(0) ? address(till).balance : StandardToken(asset).balanceOf(address(till));
    }

    function _payer(uint256 which) private pure returns (address) {
        return vm.addr(which % 4 + 1);
    }

    function _token(uint256 which) private view returns (address) {
        return assets[1 + which % 4];
    }

    function _count() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter != address(till)) continue;
            bytes32 kind = logs[i].topics[0];
            uint256 amount = abi.decode(logs[i].data, (uint256));
            if (kind == Till.Deposited.selector) deposited[address(0)] += amount;
            else if (kind == Till.Withdrawn.selector) withdrawn[address(0)] += amount;
            else if (kind == Till.TokenDeposited.selector) deposited[_address(logs[i].topics[2])] += amount;
            else if (kind == Till.TokenWithdrawn.selector) withdrawn[_address(logs[i].topics[1])] += amount;
        }
    }

    function _address(bytes32 topic) private pure returns (address) {
        return address(uint160(uint256(topic)));
    }
}

contract TillInvariantTest is Base {
    TillHandler private handler;

    function setUp() public {
        handler = new TillHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// Solvent: of every asset at least what the events say came in, less what they say went out.
    function invariantTheTillHoldsAtLeastWhatItsEventsSay() public view {
        for (uint256 i = 0; i < 5; ++i) {
            address asset = handler.assets(i);
            vm.assertLe(handler.deposited(asset), handler.heldOf(asset) + handler.withdrawn(asset), "insolvent");
        }
    }

    /// And not more than that and what came in without a deposit, so no deposit goes without its event.
    function invariantEveryUnitIsAccountedFor() public view {
        for (uint256 i = 0; i < 5; ++i) {
            address asset = handler.assets(i);
            uint256 came = handler.deposited(asset) + handler.strayed(asset);
            vm.assertEq(came, handler.heldOf(asset) + handler.withdrawn(asset));
        }
    }
}
