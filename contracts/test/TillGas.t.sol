// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Till} from "../src/Till.sol";
import {StandardToken} from "./Tokens.sol";
import {Permits} from "./TillToken.t.sol";

/// Whole-transaction gas (21,000, calldata and cold access included) where till and payer have held the token before.
contract TillGasTest is Permits {
    uint256 private constant PAYER_KEY = 0xDEB17;
    address private payer = vm.addr(PAYER_KEY);
    Till private till = new Till(address(this));
    StandardToken private token = new StandardToken();

    event GasUsed(uint256 gas);

    function setUp() public {
        till.listToken(address(token), true);
        token.mint(payer, 1e12);
        token.mint(address(till), 1);
    }

    /// More is approved than is paid, as wallets like to have it.
    function testATokenDepositStaysBelow50000() public {
        vm.prank(payer);
        token.approve(address(till), 1e12);
        vm.prank(payer);
        till.depositToken(address(token), 25e6, keccak256("account"));
        _within(50_000);
    }

    function testATokenDepositWithPermitStaysBelow85000() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, PAYER_KEY, address(till), 25e6, type(uint32).max);
        vm.prank(payer);
        till.depositTokenWithPermit(address(token), 25e6, keccak256("account"), type(uint32).max, v, r, s);
        _within(85_000);
    }

    function _within(uint256 limit) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        emit GasUsed(used);
        vm.assertLe(used, limit, "gas");
    }
}
